"""``mastersync credit``: see, match, decide and write on customers' credit."""

import typer

from mastersync.cli.credit_decide import decide
from mastersync.cli.credit_letter import letter
from mastersync.cli.credit_match import match
from mastersync.cli.credit_show import show
from mastersync.cli.credit_spend import spend
from mastersync.cli.credit_statement import statement

app = typer.Typer(
    help="Check and decide on customers' credit: the evidence, the decision, the letters.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("show")(show)
app.command("match")(match)
app.command("decide")(decide)
app.command("letter")(letter)
app.command("statement")(statement)
app.command("spend")(spend)
