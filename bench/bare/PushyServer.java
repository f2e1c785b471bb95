import com.eatthepath.pushy.apns.server.BenchmarkApnsServer;
import com.eatthepath.pushy.apns.server.BenchmarkApnsServerBuilder;
import java.io.File;

/** The server of pushy's own benchmarks: responds 200 to every push. Arguments: port, certificate file, key file. */
public class PushyServer {
  public static void main(String[] parameters) throws Exception {
    BenchmarkApnsServer server =
        new BenchmarkApnsServerBuilder()
            .setServerCredentials(new File(parameters[1]), new File(parameters[2]), null)
            .setUseAlpn(true)
            .build();
    server.start(Integer.parseInt(parameters[0])).get();
    Thread.currentThread().join();
  }
}
