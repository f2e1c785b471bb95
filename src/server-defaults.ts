/** Where a server listens, and where commands look for one. */
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8990;
export const DEFAULT_URL = `http://${DEFAULT_HOST}:${DEFAULT_PORT}`;
