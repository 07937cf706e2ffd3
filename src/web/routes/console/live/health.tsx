// What waits, was refused, was recovered or went wrong, since the gateways started; and why connections ended.
import { closeWord, refusalWord } from '../../../../domains/realtime/ui/words.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Icon } from '../../../ui/icon.tsx'
import { Facts } from '../parts/facts.tsx'
import { Section } from '../parts/page-title.tsx'
import type { Status } from './status.ts'
import { sizeOf } from './timeline.ts'

export function Health({ status: { queues, totals, refusals, rates, compressionRatio } }: { status: Status }) {
  const locale = getLocale()
  const number = (value: number) => formatNumber(value, locale)
  const refused = Object.values(refusals).reduce((sum, times) => sum + times, 0)
  const facts: { name: string; value: string; wrong?: boolean }[] = [
    { name: m.console_live_queue(), value: sizeOf(queues.bytes, number), wrong: queues.bytes > 0 },
    { name: m.console_live_behind(), value: number(queues.behind), wrong: queues.behind > 0 },
    { name: m.console_live_slow(), value: number(totals.slowCloses) },
    { name: m.console_live_refused(), value: number(refused), wrong: rates.refusals > 0 },
    { name: m.console_live_recovered(), value: number(totals.recoveredFull) },
    { name: m.console_live_not_recovered(), value: number(totals.recoveredNone) },
    {
      name: m.console_live_ratio(),
      value: compressionRatio === null ? '–' : `${number(Math.round(compressionRatio * 100))}%`,
    },
  ]
  return (
    <Section id="health" title={m.console_live_health()}>
      <Facts
        facts={facts.map(({ name, value, wrong }) => ({
          name,
          value: (
            <span className={wrong ? 'text-kunyit tabular' : 'tabular'}>
              {wrong && <Icon name="alert" className="mr-1.5" />}
              {value}
            </span>
          ),
        }))}
      />
    </Section>
  )
}

/** Nothing is shown of what never happened. */
export function Reasons({ status: { closes, refusals } }: { status: Status }) {
  const counts = (of: Record<string, number>, word: (code: number) => string) =>
    Object.entries(of)
      .toSorted(([, a], [, b]) => b - a)
      .map(([code, times]) => ({
        name: word(Number(code)),
        value: <span className="tabular">{formatNumber(times, getLocale())}</span>,
      }))
  const ended = counts(closes, (code) => closeWord(code, null))
  const refused = counts(refusals, refusalWord)
  if (ended.length + refused.length === 0) return null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-2">
      {ended.length > 0 && (
        <Section id="ended" title={m.console_live_ended()}>
          <Facts facts={ended} />
        </Section>
      )}
      {refused.length > 0 && (
        <Section id="refused" title={m.console_live_refused_because()}>
          <Facts facts={refused} />
        </Section>
      )}
    </div>
  )
}
