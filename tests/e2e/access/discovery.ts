import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../../..');

function filesUnder(folder: string, name: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === name)
    .map((file) => path.posix.join(folder, file));
}

/** `app/[locale]/(staff)/manage/classes/[id]/page.tsx` → `/manage/classes/[id]`. */
const addressOf = (file: string) =>
  `/${path.posix
    .dirname(file)
    .split('/')
    .slice(1)
    .filter((part) => part !== '[locale]' && !part.startsWith('('))
    .join('/')}`;

const addressesOf = (files: readonly string[]) =>
  files
    .map(addressOf)
    .filter((address) => address !== '/[...rest]')
    .sort();

/** Found once: what is tested stays as it was built, and some walks ask for it at every page. */
function once<T>(find: () => readonly T[]): () => readonly T[] {
  let found: readonly T[] | null = null;
  return () => (found ??= find());
}

/** Every page there is, by its address pattern. */
export const pages = once(() => addressesOf(filesUnder('app', 'page.tsx')));

/** Those of residents, and the way in for staff. */
export const publicPages = once(() =>
  addressesOf(filesUnder('app', 'page.tsx').filter((file) => file.includes('/(public)/'))),
);

/** Every route for programs, as `METHOD /address`. */
export const routes = once(() =>
  filesUnder('app', 'route.ts')
    .flatMap((file) => {
      const code = fs.readFileSync(path.join(root, file), 'utf8');
      const methods = [
        ...code.matchAll(/export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE|HEAD)\b/g),
      ].map(([, method]) => method);
      return methods.map((method) => `${method} ${addressOf(file)}`);
    })
    .sort(),
);

const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
});

export interface PostedAction {
  name: string;
  id: string;
}

/** Every server action of the build, named `address#export`: all that can be posted. */
export const actions = once((): PostedAction[] => {
  const file = path.join(root, '.next/server/server-reference-manifest.json');
  const { node } = manifest.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  return Object.entries(node)
    .map(([id, { filename, exportedName }]) => ({ id, name: `${addressOf(filename)}#${exportedName}` }))
    .sort((a, b) => a.name.localeCompare(b.name));
});
