export { APPLE_HOSTS } from './msw/apple-places.ts';
export { type AppleHandlersOptions, appleHandlers } from './msw/handlers.ts';
