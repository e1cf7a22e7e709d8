/// What `--help` says.
enum Usage {
  static let commands = [
    "demo", "watch", "check", "checklist", "status", "journal", "config", "graph", "baseline",
    "policy",
    "guard", "init", "planned", "mute", "load", "roles", "expectations", "channels", "restore",
    "docs", "help",
  ]

  static let text = """
    watchkeeper: tells you that an audit log has gone silent, who silenced it, and what to do

    usage: watchkeeper [--config FILE] [--state DIR]   the console; it runs the watch itself, or
                                                       attends the one that runs on that folder
           watchkeeper watch                           the watch as a service, without a screen;
                                                       SIGHUP reads the configuration again
           watchkeeper watch --print-unit              a systemd unit for it
           watchkeeper demo [SCENARIO]                 the console on a made-up accident
           watchkeeper check [--json]                  looks once; exit 0 ok, 1 late or lower alerts,
                                                       2 silent, failing or a high alert, 3 blind
           watchkeeper checklist [--json]              seven lines on each trail, with their proofs;
                                                       exit 0 pass, 1 fail, 3 unknown
           watchkeeper status [--json]                 what the last look saw; asks no cloud
           watchkeeper check --plugin                  one line for Nagios and Icinga; status too
           watchkeeper status --prometheus             the same as metrics for Prometheus
           watchkeeper journal verify                  checks the journal (acknowledgement log)
           watchkeeper journal show [WORD...]          its entries, one a line
           watchkeeper journal export --output FILE    its exact bytes, and their SHA-256
           watchkeeper journal export --format jsonl [--after NUMBER] [--since TIME] [--follow]
                                                       its entries for a SIEM, one JSON line each
           watchkeeper config check [FILE]             every problem of a configuration, with its place
           watchkeeper graph [--dot]                   who can mute me? the pipeline, from trail to human
           watchkeeper docs runbooks [NAME [VALUE...]] the runbooks, or one, with region=us-east-1 ...
           watchkeeper docs schema|failures|posture|keys
                                                       the pages that the program itself makes
           watchkeeper baseline accept CODE SUBJECT --until DATE --reason TEXT
                                                       takes a weakness on; also list, end
           watchkeeper init aws|azure|gcp              finds what there is to watch, and writes a file
           watchkeeper policy aws|azure|gcp            the least that the watch must be allowed
           watchkeeper guard aws [--allow-role ARN]    policies that keep others from silencing logs
           watchkeeper planned TEXT --from 14:00 --to 14:30 [--source ID]
                                                       announces a change; also list, end [NUMBER]
           watchkeeper mute --for 30m --reason TEXT    nobody is told for so long, 4h at most; the security
                                                       lead learns of it. Also mute, mute end
           watchkeeper load [--json]                   how alerting goes: 30 days against ISA-18.2
           watchkeeper channels                        the ways to tell people, and who is told by them
           watchkeeper channels test [NAME] [--dry-run]
                                                       sends a test, or prints the exact request;
                                                       exit 0 accepted, 1 not
           watchkeeper roles [--at DATE]               who was to be told then, by whom that was changed
           watchkeeper expectations [--at DATE]        what was expected then, by whom that was changed
           watchkeeper restore                         gives the terminal back after a kill -9

    options:
      --config FILE    instead of $XDG_CONFIG_HOME/watchkeeper/watchkeeper.json5
      --state DIR      instead of $XDG_STATE_HOME/watchkeeper
      --theme NAME     default, light, mono, or a file in the configuration folder's themes/
      --ascii          ASCII only, also where the locale is UTF-8
      --plain          no full screen: a line for each change
      --only KINDS     check: looks at these paths alone, as trail,s3
      --why TEXT       console, watch: why its rules have changed, for the journal
      --json           one JSON object (check, checklist, status, load) or array (journal export)
      --speed N        demo: the clock runs N times as fast (10)
      --clock TIME     demo: begin at this time, as 2026-11-20T03:00:00Z
      --account NAME   policy, guard: of this account alone
      --format FORM    policy, guard: json or terraform; journal export: jsonl
      --profile NAME   init aws: of the AWS CLI's files; init azure, gcp: --config FILE says how the
                       cloud is reached
      --output PLACE   init: the file, - for none; policy, guard: a folder, a file for each document
      --offline        policy aws, guard: ask no cloud; parts that nobody named stay wide, or out
      --trust ID       policy aws: an account or ARN that may take on the watch's role; --external-id
      --allow-role ARN guard: a role that still may, with a second factor unless --no-mfa
      --boundary       guard: as a permissions boundary
      -h, --help       this text
      -V, --version    the version

    scenarios: company, stop-logging, bucket-blocked, forgotten-region, alert-path, messy-estate,
               hostile, quiet, diagnostic-setting-deleted, workspace-capped, sink-disabled,
               exclusion-added, project-unreadable
    keys: ? in the console, or docs/keys.md
    """
}
