/** Columns of one type, by name. */
export const text = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'text']));
export const uuid = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'uuid']));
export const integer = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'integer']));
export const boolean = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'boolean']));
export const moment = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'timestamptz']));
