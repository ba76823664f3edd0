/** Names, with roles of one name in several accounts as one: `deploy in dev and stage`. */
export function joinAccounts(labels: readonly string[], most: number): readonly string[] {
  const byName = new Map<string, string[]>();
  for (const label of labels) {
    const [, account, name] = /^([\w-]+)\/([^/]+)$/.exec(label) ?? [];
    const key = name ?? label;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [account ?? ""]);
    else known.push(account ?? "");
  }
  return [...byName].map(([name, accounts]) => {
    if (accounts[0] === "") return name;
    return accounts.length === 1 ? `${accounts[0]}/${name}` : `${name} in ${list(accounts, most)}`;
  });
}

/** `a, b and 3 more`: at most so many. */
export function list(names: readonly string[], most: number): string {
  if (names.length > most) {
    return `${names.slice(0, most - 1).join(", ")} and ${(names.length - most + 1).toLocaleString("en-US")} more`;
  }
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
