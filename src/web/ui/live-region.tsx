// Says a change to screen readers without moving anything on the page. The region stands in the page from the beginning:
// what is announced is a change of its text.
export function LiveRegion({ children }: { children: string }) {
  return (
    <p aria-live="polite" aria-atomic className="visually-hidden">
      {children}
    </p>
  )
}
