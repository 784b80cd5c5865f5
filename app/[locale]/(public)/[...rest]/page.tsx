import { notFound } from 'next/navigation';

/** Any address nobody knows: not found, in the reader's language and in the frame. */
export default function UnknownPage(): never {
  notFound();
}
