import type { z } from 'zod'
import type { Project } from '../../../../domains/projects/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { Badge } from '../../../ui/status-tag.tsx'
import { verbsIn } from './columns.ts'
import { verbLooks, type Ask } from './verbs.tsx'

/** A project on the board: what it is, whose, since when, and what can be done with it. */
export function Card({ project, ask }: { project: z.output<typeof Project>; ask: Ask }) {
  const { id, name, client, planName, status, revisions, updatedAt } = project
  const verbs = verbsIn[status]
  const first = verbs.find((verb) => verb !== 'cancel')
  const rest = verbs.filter((verb) => verb !== first)
  return (
    <article
      aria-labelledby={`name-${id}`}
      className="animate-arrive rounded-base border border-line bg-raised p-3.5 text-small"
    >
      <div className="flex items-start justify-between gap-2">
        <h3 id={`name-${id}`} className="min-w-0 font-semibold wrap-anywhere">
          <Link look="plain" data-row to={`/console/projects/${id}`}>
            {name}
          </Link>
        </h3>
        {rest.length > 0 && (
          <Menu
            trigger={
              <button
                type="button"
                aria-label={m.console_more_verbs({ project: name })}
                className="-mt-1 -mr-1.5 rounded-base px-1.5 py-1 text-faint hover:bg-sunken hover:text-ink"
              >
                <Icon name="dots" className="block" />
              </button>
            }
          >
            {rest.map((verb) => (
              <MenuItem
                key={verb}
                icon={verbLooks[verb].icon}
                danger={verb === 'cancel'}
                onSelect={() => ask(verb, project)}
              >
                {verbLooks[verb].word()}
              </MenuItem>
            ))}
          </Menu>
        )}
      </div>
      <p className="mt-0.5 text-caption text-soft wrap-anywhere">
        {client.name} · {planName}
      </p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-caption text-faint">
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <Icon name="clock" />
          <DateTime at={updatedAt} />
        </span>
        {revisions > 0 && (
          <Badge tone={status === 'in_progress' ? 'attention' : 'neutral'}>
            {m.console_revision_number({ number: revisions })}
          </Badge>
        )}
      </p>
      {first && (
        <Button
          type="button"
          size="small"
          icon={verbLooks[first].icon}
          className="mt-3 w-full"
          aria-label={m.console_verb_of({ verb: verbLooks[first].word(), project: name })}
          onClick={() => ask(first, project)}
        >
          {verbLooks[first].word()}
        </Button>
      )}
    </article>
  )
}
