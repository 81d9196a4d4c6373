import com.adobe.epubcheck.tool.EpubChecker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * EPUBCheck for many books in one Java process: starting it takes seconds, a check a fraction of one.
 * Reads one path a line from standard input, writes the report beside the book as PATH.json, and answers
 * with a line on standard output when it is there. Run from source by tests/tools.py.
 */
class EpubCheckServer {
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // EPUBCheck speaks there, too
        BufferedReader paths = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String path = paths.readLine(); path != null; path = paths.readLine()) {
            new EpubChecker().run(new String[] {path, "--quiet", "--json", path + ".json"});
            answers.println("done");
            answers.flush();
        }
    }
}
