export { RealAppleError } from './testing/guard/connections.ts';
export { type Guard, type RefuseOptions, refuseRealApple } from './testing/guard/refuse-real-apple.ts';
export { type AppleHandlersOptions, appleHandlers } from './transports/msw/handlers.ts';
