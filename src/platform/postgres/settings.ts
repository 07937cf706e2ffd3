/** What suits a server of one to four gigabytes that PostgreSQL shares with the application. */
const DEFAULTS: Record<string, string> = {
  shared_buffers: '128MB',
  max_connections: '120',
  work_mem: '8MB',
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_wal_size: '512MB',
  checkpoint_timeout: '15min',
  jit: 'off',
  // Parallel queries need /dev/shm, which containers cut down to 64 MB, and win nothing on one or two cores.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  huge_pages: 'off',
  idle_in_transaction_session_timeout: '60s',
  // A long query ends when the process that asked for it is killed.
  client_connection_check_interval: '2s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Statements and their details may hold personal data and secrets; the application logs its own errors.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  logging_collector: 'off',
  ssl: 'off',
  unix_socket_permissions: '0700',
}

/** The command line options for the settings, `-c name=value`; later sources win. */
export function settingArguments(...sources: Record<string, string>[]): string[] {
  const settings = Object.assign({}, DEFAULTS, ...sources) as Record<string, string>
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
