/** Why a connection goes away, as Apple says it in a GOAWAY frame: https://github.com/sideshow/apns2/issues/93. */
export function debugData(reason: string | undefined): Buffer {
  return Buffer.from(reason === undefined ? '' : JSON.stringify({ reason }));
}
