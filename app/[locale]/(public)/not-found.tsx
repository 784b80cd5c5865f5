import { NotFoundPage } from '@/components/layout/trouble-pages';

export default function PublicNotFound() {
  return <NotFoundPage />;
}
