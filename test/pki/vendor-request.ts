import type { OpensslFolder } from './openssl.ts';

/**
 * The property list that an MDM vendor makes from a customer's request, made with openssl. The customer's key is in
 * `customer.pem`, that of the vendor's root in `root.pem`.
 */
export function vendorRequest(openssl: OpensslFolder): string {
  const fresh = 'req -new -newkey rsa:2048 -nodes';
  openssl.run(`${fresh} -keyout customer.pem -outform DER -out customer.der -subj /CN=customer`);
  openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout root.pem -out root.crt -days 2 -subj /CN=root');
  openssl.run(`${fresh} -keyout vendor.pem -out vendor.csr -subj /CN=vendor`);
  openssl.run(
    'x509 -req -in vendor.csr -CA root.crt -CAkey root.pem -CAcreateserial -out vendor.crt -days 1',
  );
  const members = {
    PushCertRequestCSR: openssl.read('customer.der').toString('base64'),
    PushCertCertificateChain: openssl.text('vendor.crt') + openssl.text('root.crt'),
    PushCertSignature: openssl.run('dgst -sha256 -sign vendor.pem customer.der').toString('base64'),
  };
  const dict = Object.entries(members).map(([name, value]) => `<key>${name}</key><string>${value}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>\n${dict.join('\n')}\n</dict></plist>\n`;
}
