"""The page: figures as tiles, a chart by week, then every clause, late case and pause."""

from mastersync.cli.html_pages import Tile, templates_beside
from mastersync.cli.sla_page.charts import NARROW, WIDE, weeks_chart
from mastersync.cli.sla_tables import share_in_words
from mastersync.domain.sla.words import duration, moment, percent, scope
from mastersync.usecases.report_sla import SlaReport

MOST_ROWS = 1_000  # of a list: what is more is in the JSON
_PAGES = templates_beside(
    __file__, share=share_in_words, percent=percent, duration=duration, scope=scope
)


def render_report(report: SlaReport) -> str:
    """Return the report's page: one file that needs nothing else."""
    zone = report.policy.zone
    targets = {one.clause.target for one in report.attained if one.due and one.clause.target}
    return _PAGES.get_template("sla.html").render(
        report=report,
        tiles=_tiles(report),
        charts=[
            weeks_chart(report.weeks, max(targets, default=None), frame) for frame in (WIDE, NARROW)
        ],
        when=lambda at: "" if at is None else moment(at, zone),
        most=MOST_ROWS,
    )


def _tiles(report: SlaReport) -> list[Tile]:
    due = sum(one.due for one in report.attained)
    missed = [one.clause.number for one in report.attained if not one.kept]
    kept = "every target was kept" if not missed else f"missed: clause {', '.join(missed)}"
    return [
        Tile(name="Due", figure=f"{due:,}", aside="clocks that became sure"),
        Tile(
            name="In time", figure=f"{sum(one.met for one in report.attained):,}", aside="of these"
        ),
        Tile(name="Late", figure=f"{len(report.late):,}", aside=kept),
        Tile(name="Waived", figure=f"{len(report.waived):,}", aside="with the client's word"),
        Tile(
            name="Service credit",
            figure=percent(report.credit) if report.credit else "none",
            aside="of the fee",
        ),
    ]
