import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;

/**
 * Judge: for each line `PROFILE FILE` of its input one line of output, at once: PASS, FAIL or ERROR, profile, file, and the
 * broken rules with their counts, or the fault.  It ends with its input.
 */
public class Judge {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] asked = line.split(" ", 2);
      out.println(verdict(asked[1], asked[0]).replaceAll("\\R", " "));
    }
  }

  private static String verdict(String file, String profile) {
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
        PDFAValidator validator = ValidatorFactory.createValidator(flavour, -1, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      TreeMap<String, Integer> broken = new TreeMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
          broken.merge(rule, 1, Integer::sum);
        }
      }
      return (result.isCompliant() ? "PASS " : "FAIL ") + profile + " " + file + " " + broken;
    } catch (Throwable fault) {
      return "ERROR " + profile + " " + file + " " + fault;
    }
  }
}
