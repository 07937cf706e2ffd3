// The outline of what is being fetched. `label` is what a screen reader hears instead.
import { cx } from './class-names.ts'

export function Skeleton({ label, lines = 3, className }: { label: string; lines?: number; className?: string }) {
  return (
    <div role="status" className={cx('animate-breathe space-y-3', className)}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div
          key={line}
          aria-hidden
          className={cx('h-4 rounded-base bg-line', line % 3 === 0 ? 'w-3/5' : line % 3 === 1 ? 'w-full' : 'w-4/5')}
        />
      ))}
    </div>
  )
}
