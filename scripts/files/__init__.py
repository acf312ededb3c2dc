"""How files are made, whatever they hold: typeset, packed, addressed by QR code and kept between builds."""
