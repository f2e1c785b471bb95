export { RealAppleError } from './guard/real-apple-error.ts';
export { type Guard, type RefuseOptions, refuseRealApple } from './guard/refuse-real-apple.ts';
export { type AppleHandlersOptions, appleHandlers } from './msw/handlers.ts';
