import { NotFoundPage } from '@/components/layout/trouble-pages';

export default function StaffNotFound() {
  return <NotFoundPage staff />;
}
