import { ButtonLink } from '../../../ui/button.tsx'

export function ListHead({ to, label }: { to: string; label: string }) {
  return (
    <div className="mb-3 flex justify-end">
      <ButtonLink to={to} size="small" icon="plus">
        {label}
      </ButtonLink>
    </div>
  )
}
