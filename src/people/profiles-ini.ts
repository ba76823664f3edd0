import type { Profile } from "./profiles";

/** Profiles as `~/.aws/config` has them; empty for none. */
export function profilesIni(profiles: readonly Profile[]): string {
  return profiles
    .map(({ name, settings }) =>
      [`[profile ${name}]`, ...settings.map(([key, value]) => `${key} = ${value}`)].join("\n"),
    )
    .join("\n\n");
}
