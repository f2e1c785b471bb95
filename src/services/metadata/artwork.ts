import type { App } from '../../organization/content/app.ts';

/** A template as Apple's are; nothing is served under it. */
export const artworkUrl = ({ adam_id }: App): string =>
  `https://is1-ssl.mzstatic.com/image/thumb/Purple/v4/${adam_id}/AppIcon.png/{w}x{h}bb.{f}`;

export const artworkOf = (app: App, size: number): string =>
  artworkUrl(app).replace('{w}', String(size)).replace('{h}', String(size)).replace('{f}', 'png');
