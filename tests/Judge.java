import java.io.File;
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

/** Judge PROFILE[,PROFILE] FILE...: one line for each file and profile, the broken rules with their counts after it. */
public class Judge {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    boolean all = true;
    for (int at = 1; at < arguments.length; at++) {
      for (String profile : arguments[0].split(",")) {
        all &= conforms(out, arguments[at], profile);
      }
    }
    System.exit(all ? 0 : 1);
  }

  private static boolean conforms(PrintStream out, String file, String profile) {
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
      out.println((result.isCompliant() ? "PASS " : "FAIL ") + profile + " " + file + " " + broken);
      return result.isCompliant();
    } catch (Throwable fault) {
      out.println("ERROR " + profile + " " + file + " " + fault);
      return false;
    }
  }
}
