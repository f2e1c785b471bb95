import com.eatthepath.json.JsonParser;
import com.eatthepath.json.JsonSerializer;
import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Pushes with pushy: reads one push per line (JSON) from standard input, writes one result per line. */
public class Push {
  public static void main(final String[] arguments) throws Exception {
    final Map<String, Object> settings = new JsonParser().parseJsonObject(arguments[0]);
    final ApnsClient client = clientFor(settings);
    final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(JsonSerializer.writeJsonTextAsString(send(client, settings, line)));
    }
    client.close().get();
  }

  @SuppressWarnings("unchecked")
  private static ApnsClient clientFor(final Map<String, Object> settings) throws Exception {
    final ApnsClientBuilder builder = new ApnsClientBuilder()
        .setApnsServer((String) settings.get("host"), ((Number) settings.get("port")).intValue())
        .setTrustedServerCertificateChain(new File((String) settings.get("caFile")));
    final Map<String, Object> key = (Map<String, Object>) settings.get("providerKey");
    if (key != null) {
      return builder.setSigningKey(ApnsSigningKey.loadFromPkcs8File(
          new File((String) key.get("file")), (String) key.get("teamId"), (String) key.get("keyId"))).build();
    }
    final Map<String, Object> certificate = (Map<String, Object>) settings.get("certificate");
    return builder.setClientCredentials(new File((String) certificate.get("pkcs12File")), "").build();
  }

  private static Map<String, Object> send(
      final ApnsClient client, final Map<String, Object> settings, final String line) {
    final Map<String, Object> result = new LinkedHashMap<>();
    try {
      final PushNotificationResponse<SimpleApnsPushNotification> response =
          client.sendNotification(notification(new JsonParser().parseJsonObject(line), settings))
              .get(20, TimeUnit.SECONDS);
      result.put("status", response.getStatusCode());
      result.put("apnsId", response.getApnsId() == null ? null : response.getApnsId().toString());
      response.getRejectionReason().ifPresent((reason) -> result.put("reason", reason));
      response.getTokenInvalidationTimestamp().ifPresent((at) -> result.put("timestamp", at.toEpochMilli()));
    } catch (final Exception error) {
      result.put("error", String.valueOf(error));
    }
    result.values().removeIf((value) -> value == null);
    return result;
  }

  @SuppressWarnings("unchecked")
  private static SimpleApnsPushNotification notification(
      final Map<String, Object> push, final Map<String, Object> settings) throws Exception {
    final Object topic = push.getOrDefault("topic", settings.get("topic"));
    final Object type = push.get("pushType");
    final Object id = push.get("apnsId");
    return new SimpleApnsPushNotification(
        (String) push.get("token"),
        (String) topic,
        JsonSerializer.writeJsonTextAsString((Map<String, Object>) push.get("payload")),
        Instant.now().plusSeconds(3600),
        DeliveryPriority.IMMEDIATE,
        type == null ? null : PushType.getFromHeaderValue((String) type),
        (String) push.get("collapseId"),
        id == null ? null : UUID.fromString((String) id));
  }
}
