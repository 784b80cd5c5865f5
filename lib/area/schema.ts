/** A place one can choose from a list. */
export interface PlaceChoice {
  readonly id: number;
  readonly name: string;
}

/** Kinds of place one lives in, or under which villages lie, as opposed to the province. */
export const unitKinds = ['commune', 'ward', 'special_zone'] as const;
