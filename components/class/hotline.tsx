/** A number to call by pressing it. */
export function Hotline({ number }: { number: string }) {
  return (
    <a
      className="link inline-flex min-h-target items-center font-bold print:min-h-0"
      href={`tel:${number.replace(/[^+\d]/g, '')}`}
    >
      {number}
    </a>
  );
}
