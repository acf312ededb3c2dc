import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks PDF files against PDF/UA-1 with veraPDF. Prints a line a file: its name, true or false, and what is wrong. */
public class Validate {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            try (InputStream content = new FileInputStream(file);
                    PDFAParser parser = Foundries.defaultInstance().createParser(content, PDFAFlavour.PDFUA_1)) {
                ValidationResult result =
                        Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false).validate(parser);
                StringBuilder wrong = new StringBuilder();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                        wrong.append(" ").append(assertion.getRuleId().getClause()).append(": ").append(assertion.getMessage());
                    }
                }
                System.out.println(Path.of(file).getFileName() + "\t" + result.isCompliant() + "\t" + wrong);
            }
        }
    }
}
