import type { ReactNode } from 'react'

/** Names and values, one pair a line. */
export function Facts({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="text-small">
      {facts.map(({ name, value }) => (
        <div key={name} className="flex items-baseline justify-between gap-6 border-b border-line py-2 last:border-0">
          <dt className="shrink-0 text-faint">{name}</dt>
          <dd className="min-w-0 text-right font-medium wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
