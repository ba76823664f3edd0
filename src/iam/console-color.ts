import COLORS from "./console-colors.json";

/** Names of the colours that the console's form for switching roles offers. */
export const CONSOLE_COLORS: readonly string[] = Object.keys(COLORS);

/** Six hexadecimal digits, as the form's address takes a colour. */
const HEX = /^[0-9a-f]{6}$/i;

/** Whether a text is a colour: a name, or six hexadecimal digits without `#`. */
export function isConsoleColor(text: string): boolean {
  return Object.hasOwn(COLORS, text) || HEX.test(text);
}

/**
 * The six hexadecimal digits of a colour; undefined when the text is none.
 *
 * AWS documents no values for addresses, and has changed those of its form: the names' values are
 * those that it took in August 2024 (AWS re:Post QU2dDHOT34RH6LJYIrHLUJrw). One that the form does
 * not know leaves its field empty, and the address works all the same.
 */
export function consoleColorHex(text: string): string | undefined {
  const named = Object.entries(COLORS).find(([name]) => name === text)?.[1];
  return named ?? (HEX.test(text) ? text.toLowerCase() : undefined);
}
