"""The command line: what can be asked of the program, and how each answer ends.

Touches: arguments, stdout and stderr, the interpreter's hooks. Importing it loads click and nothing
else of others; each command imports what it needs when it runs. Errors go to stderr in one
sentence each, and no traceback reaches anybody.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from dialogue import crash
from dialogue.commands.answer import answer
from dialogue.commands.completion import completion
from dialogue.commands.content import content_group
from dialogue.commands.doctor import doctor
from dialogue.commands.follow_up import follow_up
from dialogue.commands.hide import hide
from dialogue.commands.kiosk import kiosk
from dialogue.commands.live import open_home, run
from dialogue.commands.plans import plan_group, plans
from dialogue.commands.prints import print_group
from dialogue.commands.programme import programme
from dialogue.commands.purge import purge
from dialogue.commands.rehearse import rehearse
from dialogue.commands.sessions import export, schema, sessions, show, summary
from dialogue.commands.shell import Shell, tls_options
from dialogue.commands.themes import themes
from dialogue.exits import OUR_ERRORS, ExitCode, exit_code
from dialogue.paths import DATA_VARIABLE
from dialogue.version import VERSION
from sessions.text import clean

LONGEST_MESSAGE = 4000
MOST_MESSAGE_LINES = 40

EPILOG = """Exit codes: 0 done; 1 refused, or something needs doing; 2 the command line, a plan or
the settings need changing; 3 the disk; 130 interrupted.

Environment: DIALOGUE_DATA_DIR and DIALOGUE_CONFIG_DIR move the two folders."""


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)
@click.option(
    "--data-dir",
    envvar=DATA_VARIABLE,
    show_envvar=True,
    metavar="DIR",
    help="Where sessions are kept.",
)
@tls_options
@click.version_option(VERSION, prog_name="dialogue", message="%(prog)s %(version)s")
@click.pass_context
def cli(
    ctx: click.Context, *, data_dir: str | None, tls_cert: str, tls_key: str, tls_name: str
) -> int | None:
    """Run facilitated dialogues about race and equity from the terminal.

    Without a command it opens the home screen.
    """
    ctx.obj = Shell(data_dir, tls_cert, tls_key, tls_name)
    if ctx.invoked_subcommand is not None:
        return None
    return open_home(ctx.obj)


for command in (
    run,
    rehearse,
    answer,
    kiosk,
    plans,
    plan_group,
    sessions,
    show,
    summary,
    export,
    themes,
    follow_up,
    programme,
    purge,
    print_group,
    schema,
    hide,
    content_group,
    doctor,
    completion,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code.

    Args:
        arguments: What was typed after the program's name; `None` takes it from the interpreter.
    """
    crash.install()
    _write_what_the_encoding_lacks_as_a_question_mark()
    try:
        answer = cli.main(arguments, prog_name="dialogue", standalone_mode=False)
    except click.Abort:
        return ExitCode.INTERRUPTED
    except click.UsageError as error:
        return _refuse_usage(error)
    except click.ClickException as error:
        return _end(error.format_message(), ExitCode.USAGE)
    except OUR_ERRORS as error:
        return _end(error.sentence, exit_code(error))
    return answer if isinstance(answer, int) else ExitCode.OK


def _refuse_usage(error: click.UsageError) -> int:
    """Say what is wrong with the command line, and where it is explained."""
    lines = [error.format_message()]
    if error.ctx is not None:
        lines.append(f"`{error.ctx.command_path} --help` explains it.")
    return _end("\n".join(lines), ExitCode.USAGE)


def _end(message: str, code: ExitCode) -> int:
    """Say one thing on stderr; it may quote what was typed, so it passes the text gate."""
    click.echo(clean(message, limit=LONGEST_MESSAGE, lines=MOST_MESSAGE_LINES), err=True)
    return code


def _write_what_the_encoding_lacks_as_a_question_mark() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
