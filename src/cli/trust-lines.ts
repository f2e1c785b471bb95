/** What makes programs trust the authority of a server, as comments of a shell. */
export function trustLines({ CRABAPPLE_CA_FILE: file }: Readonly<Record<string, string>>): string {
  if (file === undefined) return '';
  const lines = [
    'To trust the TLS port:',
    `  Go, Ruby, Python (ssl)  export SSL_CERT_FILE='${file}'`,
    `  Python (requests)       export REQUESTS_CA_BUNDLE='${file}'`,
    `  Node                    export NODE_EXTRA_CA_CERTS='${file}'`,
    `  Java                    keytool -importcert -noprompt -alias crabapple -file '${file}' -keystore crabapple.p12 -storepass changeit`,
    '                          java -Djavax.net.ssl.trustStore=crabapple.p12 -Djavax.net.ssl.trustStorePassword=changeit …',
    `  curl                    curl --cacert '${file}' …`,
    `  macOS                   security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db '${file}'`,
    "Programs with Apple's host names written into them:",
    '  HTTPS_PROXY="$CRABAPPLE_PROXY_URL" where the server runs with --proxy-port',
  ];
  return lines.map((line) => `# ${line}\n`).join('');
}
