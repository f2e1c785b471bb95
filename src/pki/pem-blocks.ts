// Newlines are not asked for: `curl -d @file.pem` takes them away.
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs;

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(BLOCK)].map(([, label, base64]) => ({
    label: label!,
    der: Buffer.from(base64!, 'base64'),
  }));
}
