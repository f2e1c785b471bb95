/** What a fault does to a page of devices. */
export type PageFault =
  /** The cursor of the request comes back, and more is said to follow. */
  | { readonly stuck_cursor: true }
  /** The devices of the page are left out of it, or stand in it twice. */
  | { readonly sync_events: 'lost' | 'doubled' };
