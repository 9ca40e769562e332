"""Addresses of metrics."""

from django.urls import path

from metrics.api import analysis as analysis_api
from metrics.api import breakdown as breakdown_api
from metrics.api import indicator as indicator_api
from metrics.api import library as library_api
from metrics.api import measurement as measurement_api
from metrics.api import measurement_grid as grid_api
from metrics.api import measurement_import as import_api
from metrics.api import measurement_quality as quality_api
from metrics.api import period_lock as lock_api
from metrics.api import reporter as reporter_api
from metrics.views import (
    breakdown,
    happening,
    indicator,
    library,
    measurement,
    measurement_grid,
    measurement_import,
    measurement_quality,
    period_lock,
    reporter,
)

HERE = "partnerships/<slug:slug>/"
INDICATOR = f"{HERE}indicators/<slug:code>/"
LIBRARY = f"{HERE}indicators/library/"
IMPORT = f"{HERE}measurements/import/"
PERIODS = f"{HERE}measurements/periods/"
MEASUREMENT = f"{HERE}measurements/<uuid:measurement_id>/"

space_urlpatterns = [
    path(f"{HERE}indicators/", indicator.indicators, name="indicator_list"),
    path(f"{HERE}indicators/new/", indicator.indicator_new, name="indicator_new"),
    path(f"{HERE}indicators/guide/", library.indicator_guide, name="indicator_guide"),
    path(LIBRARY, library.indicator_library, name="indicator_library"),
    path(INDICATOR, indicator.indicator_detail, name="indicator_detail"),
    path(f"{INDICATOR}edit/", indicator.indicator_edit, name="indicator_edit"),
    path(f"{INDICATOR}groups/", breakdown.indicator_breakdown, name="indicator_breakdown"),
    path(f"{INDICATOR}groups/new/", breakdown.cut_new, name="cut_new"),
    path(f"{INDICATOR}groups/<uuid:cut_id>/", breakdown.cut_edit, name="cut_edit"),
    path(f"{INDICATOR}groups/<uuid:cut_id>/remove/", breakdown.cut_remove, name="cut_remove"),
    path(f"{INDICATOR}happenings/new/", happening.happening_new, name="happening_new"),
    path(f"{INDICATOR}happenings/<uuid:happening_id>/remove/", happening.happening_remove, name="happening_remove"),
    path(f"{INDICATOR}overlap/", happening.overlap_state, name="overlap_state"),
    path(f"{INDICATOR}partners/", reporter.indicator_reporters, name="indicator_reporters"),
    path(f"{INDICATOR}measurements/new/", measurement.measurement_new, name="measurement_new"),
    path(f"{HERE}measurements/", measurement.measurements, name="measurement_list"),
    path(f"{HERE}measurements/grid/", measurement_grid.measurement_grid, name="measurement_grid"),
    path(IMPORT, measurement_import.measurement_import, name="measurement_import"),
    path(f"{IMPORT}template/", measurement_import.measurement_import_template, name="measurement_import_template"),
    path(
        f"{IMPORT}<uuid:measurement_import_id>/",
        measurement_import.measurement_import_check,
        name="measurement_import_check",
    ),
    path(MEASUREMENT, measurement.measurement_detail, name="measurement_detail"),
    path(f"{MEASUREMENT}groups/", breakdown.measurement_breakdown, name="measurement_breakdown"),
    path(f"{MEASUREMENT}verify/", measurement.measurement_verify, name="measurement_verify"),
    path(f"{MEASUREMENT}question/", measurement.measurement_question, name="measurement_question"),
    path(f"{MEASUREMENT}correct/", measurement.measurement_correct, name="measurement_correct"),
    path(f"{MEASUREMENT}grade/", measurement_quality.measurement_grade, name="measurement_grade"),
    path(f"{MEASUREMENT}evidence/", measurement_quality.measurement_evidence, name="measurement_evidence"),
    path(
        f"{MEASUREMENT}evidence/<uuid:measurement_evidence_id>/",
        measurement_quality.measurement_file,
        name="measurement_file",
    ),
    path(PERIODS, period_lock.period_lock_list, name="period_lock_list"),
    path(f"{PERIODS}new/", period_lock.period_lock_new, name="period_lock_new"),
    path(f"{PERIODS}<uuid:period_lock_id>/open/", period_lock.period_lock_open, name="period_lock_open"),
]

api_urlpatterns = [
    path(f"{HERE}indicators/", indicator_api.IndicatorList.as_view(), name="api_indicator_list"),
    path(LIBRARY, library_api.IndicatorLibrary.as_view(), name="api_indicator_library"),
    path(f"{LIBRARY}<str:key>/", library_api.IndicatorLibraryDetail.as_view(), name="api_indicator_library_detail"),
    path(INDICATOR, indicator_api.IndicatorDetail.as_view(), name="api_indicator_detail"),
    path(f"{INDICATOR}analysis/", analysis_api.IndicatorAnalysis.as_view(), name="api_indicator_analysis"),
    path(f"{INDICATOR}breakdown/", breakdown_api.IndicatorBreakdown.as_view(), name="api_indicator_breakdown"),
    path(f"{INDICATOR}cuts/", breakdown_api.CutList.as_view(), name="api_cut_list"),
    path(f"{INDICATOR}cuts/<uuid:cut_id>/", breakdown_api.CutDetail.as_view(), name="api_cut_detail"),
    path(f"{INDICATOR}happenings/", analysis_api.HappeningList.as_view(), name="api_happening_list"),
    path(
        f"{INDICATOR}happenings/<uuid:happening_id>/",
        analysis_api.HappeningDetail.as_view(),
        name="api_happening_detail",
    ),
    path(f"{INDICATOR}overlaps/", analysis_api.OverlapList.as_view(), name="api_overlap_list"),
    path(f"{INDICATOR}reporters/", reporter_api.IndicatorReporters.as_view(), name="api_indicator_reporters"),
    path(f"{INDICATOR}measurements/", measurement_api.MeasurementEntry.as_view(), name="api_measurement_entry"),
    path(f"{HERE}measurements/", measurement_api.MeasurementList.as_view(), name="api_measurement_list"),
    path(f"{HERE}measurements/grid/", grid_api.MeasurementGrid.as_view(), name="api_measurement_grid"),
    path(IMPORT, import_api.MeasurementImportView.as_view(), name="api_measurement_import"),
    path(MEASUREMENT, measurement_api.MeasurementDetail.as_view(), name="api_measurement_detail"),
    path(f"{MEASUREMENT}breakdown/", breakdown_api.MeasurementBreakdown.as_view(), name="api_measurement_breakdown"),
    path(f"{MEASUREMENT}verify/", measurement_api.MeasurementVerify.as_view(), name="api_measurement_verify"),
    path(f"{MEASUREMENT}question/", measurement_api.MeasurementQuestion.as_view(), name="api_measurement_question"),
    path(f"{MEASUREMENT}correct/", measurement_api.MeasurementCorrect.as_view(), name="api_measurement_correct"),
    path(f"{MEASUREMENT}grade/", quality_api.MeasurementGrade.as_view(), name="api_measurement_grade"),
    path(f"{MEASUREMENT}evidence/", quality_api.MeasurementEvidenceView.as_view(), name="api_measurement_evidence"),
    path(
        f"{MEASUREMENT}evidence/<uuid:measurement_evidence_id>/",
        quality_api.MeasurementEvidenceFile.as_view(),
        name="api_measurement_evidence_file",
    ),
    path(PERIODS, lock_api.PeriodLockList.as_view(), name="api_period_lock_list"),
    path(f"{PERIODS}<uuid:period_lock_id>/open/", lock_api.PeriodLockOpen.as_view(), name="api_period_lock_open"),
]
