export { RealAppleError } from './testing/guard/connections.ts';
export {
  type Guard,
  type RealAppleGuardOptions,
  refuseRealApple,
} from './testing/guard/real-apple-guard.ts';
export { type AppleHandlersOptions, appleHandlers } from './transports/msw/handlers.ts';
