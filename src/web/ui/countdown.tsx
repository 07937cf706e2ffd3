// The time left until a moment, to the second. Screen readers hear it only when asked: a timer is not live by itself.
import { cx } from './class-names.ts'
import { useNow } from './now.ts'

/** Seconds left, never negative. */
export function useSecondsLeft(until: string): number {
  const now = useNow(1000)
  return Math.max(0, Math.ceil((new Date(until).getTime() - now) / 1000))
}

/** `14:59`, or `1:02:03` from an hour on. */
export function Countdown({ until, className }: { until: string; className?: string }) {
  const left = useSecondsLeft(until)
  const two = (count: number) => String(count).padStart(2, '0')
  const hours = Math.floor(left / 3600)
  const text = `${hours > 0 ? `${hours}:` : ''}${hours > 0 ? two(Math.floor(left / 60) % 60) : Math.floor(left / 60)}:${two(left % 60)}`
  return (
    <span role="timer" className={cx('tabular', className)}>
      {text}
    </span>
  )
}
