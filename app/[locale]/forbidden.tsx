import { ForbiddenPage } from '@/components/layout/trouble-pages';

/** Shown only after a step without a new document; documents get a page of its own. It travels with every page: no frame. */
export default function Forbidden() {
  return (
    <main id="main" className="mx-auto w-full max-w-page px-4 sm:px-6">
      <ForbiddenPage />
    </main>
  );
}
