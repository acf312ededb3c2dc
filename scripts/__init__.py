"""Partnerskapsguiden: records in ``guide_data/`` become a site and worksheets."""
