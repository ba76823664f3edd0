/** Formats of `crosstrust profiles`. */
export const PROFILE_FORMATS = ["aws-config", "extend-switch-roles"] as const;
export type ProfileFormat = (typeof PROFILE_FORMATS)[number];
