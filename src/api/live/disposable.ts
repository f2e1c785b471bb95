/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Makes a value one that `using` and `await using` dispose of. Engines that do not know those symbols cannot meet
 * them either.
 */
export function disposable<Value extends object>(
  value: Value,
  dispose: () => void,
): Value & Disposable & AsyncDisposable {
  const symbols: { readonly dispose?: symbol; readonly asyncDispose?: symbol } = Symbol;
  const later = async (): Promise<void> => dispose();
  if (symbols.dispose !== undefined) Object.defineProperty(value, symbols.dispose, { value: dispose });
  if (symbols.asyncDispose !== undefined) {
    Object.defineProperty(value, symbols.asyncDispose, { value: later });
  }
  return value as Value & Disposable & AsyncDisposable;
}
