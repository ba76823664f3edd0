/** The keys, in lower case, of the policy variables (`${aws:username}`) in texts of a policy. */
export function variableKeys(texts: readonly string[]): readonly string[] {
  return texts
    .filter((text) => text.includes("${"))
    .flatMap((text) => [...text.matchAll(/\$\{\s*([^},]*?)\s*[},]/g)])
    .map(([, key]) => key.toLowerCase())
    .filter((key) => !LITERAL_CHARACTERS.includes(key));
}

/** `${*}` and its like stand for the character. */
const LITERAL_CHARACTERS = ["*", "?", "$"];
