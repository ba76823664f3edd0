import { z } from "zod";

const REHEARSAL = z.object({
  steps: z.array(
    z.object({
      name: z.string(),
      by: z.string(),
      stacks: z.array(z.object({ stack: z.string() })),
      access: z.array(
        z.object({
          roleArn: z.string(),
          principal: z.string(),
          result: z.string(),
          needs: z.array(z.string()),
        }),
      ),
    }),
  ),
  outcome: z.object({ kind: z.string() }),
});

/** What `crosstrust rehearse --json` says, as far as the tests need it. */
export type Rehearsed = z.infer<typeof REHEARSAL>;

/** One principal that can assume one role, as rehearsed. */
export type RehearsedAccess = Rehearsed["steps"][number]["access"][number];

/** Reads the text of `crosstrust rehearse --json`. */
export function parseRehearsal(json: string): Rehearsed {
  return REHEARSAL.parse(JSON.parse(json));
}
