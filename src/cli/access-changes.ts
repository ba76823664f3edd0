import type { Access } from "../estate/access";

/** An access that is new, gone, or there in another way than before. */
export interface AccessChange {
  readonly mark: "+" | "-" | "~";
  readonly access: Access;
  /** Whether it is wider than its end. */
  readonly wider: boolean;
}

/** Who can assume what at one moment; `wider`: those of `access` that the end no longer has. */
export interface AccessAt {
  readonly access: readonly Access[];
  readonly wider?: readonly Access[];
}

/** What is another way of getting in counts as changed: by another part of the policy, or with other needs. */
export function accessChanges(before: AccessAt, after: AccessAt): readonly AccessChange[] {
  const was = rowsOf(before);
  const is = rowsOf(after);
  const gone = [...was].filter(([key]) => !is.has(key)).map(([, { access }]) => access);
  return [
    ...[...is].flatMap(([key, { access, wider, text }]): readonly AccessChange[] => {
      const old = was.get(key);
      if (old?.text === text) return [];
      return [{ mark: old === undefined ? "+" : "~", access, wider }];
    }),
    ...gone.map((access): AccessChange => ({ mark: "-", access, wider: false })),
  ];
}

function rowsOf({ access, wider = [] }: AccessAt) {
  const isWider = new Set(wider);
  return new Map(
    access.map((each) => {
      const { roleArn, principal, result, by, needs } = each;
      const row = { access: each, wider: isWider.has(each) };
      return [
        `${roleArn} ${principal}`,
        { ...row, text: JSON.stringify([result, by, needs, row.wider]) },
      ];
    }),
  );
}
