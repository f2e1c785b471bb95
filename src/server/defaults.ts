/** The address at which a server listens and commands expect one. */
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8990;
export const DEFAULT_URL = `http://${DEFAULT_HOST}:${DEFAULT_PORT}`;

/** The second port of Apple's push service: https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
export const DEFAULT_TLS_PORT = 2197;
