// The year: who orders what when, how they pay, and how it ends. Of everything that can happen to an order or a payment some
// happen, in fixed numbers; when and to whom is left to chance. Pure: the same seed and the same end give the same story.
import { DAY, later, MINUTE, orderingTime } from './calendar.ts'
import { Journey } from './journey.ts'
import type { Paying, Scene } from './journey.ts'
import { clients } from './people.ts'
import type { Client } from './people.ts'
import type { Chance } from './random.ts'
import { RECENT_NEWCOMERS, tellRecent } from './recent.ts'
import * as words from './words.ts'

type Ending = 'completed' | 'unpaid' | 'refunded' | 'part_refunded'
export interface Story {
  begins: Date
  /** In the order of time; none is later than the end. */
  scenes: Scene[]
}

const YEAR_DAYS = 364
/** Days before the end from which on every order is one of the open ones below. */
const RECENT_DAYS = 40
/** Clients who only looked around: they have an account and nothing else. */
const CURIOUS = ['PAUD Ceria Bunda', 'Radar Kampung', 'Saffron Table Restaurant']

const repeated = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)
const ways: Paying[] = [
  ...repeated<Paying>(33, 'pay'),
  ...repeated<Paying>(6, 'second_code'),
  ...repeated<Paying>(4, 'denied_first'),
  ...repeated<Paying>(4, 'duplicate'),
  ...repeated<Paying>(3, 'reorder'),
  ...repeated<Paying>(2, 'late'),
  ...repeated<Paying>(2, 'pay_twice'),
]
const endings: Ending[] = [
  ...repeated<Ending>(43, 'completed'),
  ...repeated<Ending>(5, 'unpaid'),
  ...repeated<Ending>(3, 'refunded'),
  ...repeated<Ending>(3, 'part_refunded'),
]

export function tellStory(end: Date, chance: Chance): Story {
  const begins = later(end, -YEAR_DAYS * DAY)
  const orders = new Map<Client, number>()
  const meetings: Scene[] = []
  const journeys: Journey[] = []

  function meet(client: Client, at: Date): void {
    orders.set(client, 0)
    const since = later(at, -chance.whole(10, 40) * MINUTE)
    meetings.push({ at: since, play: (agency) => agency.register(client) })
    // Some never open the link in the mail.
    if (chance.happens(0.9))
      meetings.push({ at: later(since, chance.whole(2, 8) * MINUTE), play: (agency) => agency.verify(client) })
  }
  function begin(client: Client, orderedAt: Date): Journey {
    if (!orders.has(client)) meet(client, orderedAt)
    const number = orders.get(client) ?? 0
    orders.set(client, number + 1)
    const journey = new Journey(client, number, orderedAt, chance)
    journeys.push(journey)
    return journey
  }

  const newcomers = clients.filter(({ organisation }) => ![...CURIOUS, ...RECENT_NEWCOMERS].includes(organisation))
  const dealt = {
    ways: chance.shuffled(ways),
    endings: chance.shuffled(endings),
    newcomers: chance.shuffled(newcomers),
  }
  for (const [index, orderedAt] of orderDays(begins, end, chance).entries()) {
    const back = [...orders.keys()]
    const mustBeNew = back.length < 3 || endings.length - index <= dealt.newcomers.length
    const client = (mustBeNew || chance.happens(0.6) ? dealt.newcomers.pop() : undefined) ?? chance.pick(back)
    finish(begin(client, orderedAt), dealt.ways[index] ?? 'pay', dealt.endings[index] ?? 'completed')
  }
  for (const client of clients)
    if (CURIOUS.includes(client.organisation))
      meet(client, orderingTime(later(end, -chance.whole(3, 90) * DAY), chance))
  tellRecent(begin, end, chance)

  const scenes = [...meetings, ...journeys.flatMap((journey) => journey.scenes)]
  return {
    begins,
    scenes: scenes.filter(({ at }) => at > begins && at <= end).toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  }
}

/** The moments of the finished orders, ever closer together: business grows. */
function orderDays(begins: Date, end: Date, chance: Chance): Date[] {
  const days = YEAR_DAYS - RECENT_DAYS - 2
  const moments = endings.map((_, index) => {
    const share = ((index + chance.fraction()) / endings.length) ** 0.8
    return orderingTime(later(begins, (1 + share * days) * DAY), chance)
  })
  return moments.filter((at) => at < end).toSorted((a, b) => a.getTime() - b.getTime())
}

function finish(journey: Journey, way: Paying, ending: Ending): void {
  if (ending === 'unpaid') return void journey.openCode().expire().cancelByClient()
  journey.pay(way)
  if (way === 'pay_twice') journey.refund(1, words.secondPaymentRefund)
  if (way === 'pay_twice' || way === 'late') journey.settleFlags()
  if (ending === 'refunded') return void journey.cancelByAgency().refund(1, words.fullRefunds)
  journey.submit()
  for (let left = journey.revisions; left > 0; left--) journey.revise().resubmit()
  journey.approve()
  if (ending === 'part_refunded') journey.refund(0.2, words.partialRefunds)
}
