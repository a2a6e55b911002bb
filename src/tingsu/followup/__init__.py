"""After the end: dossiers, disposal of files, requests of persons about their data. Below ``work``,
above ``channels`` and ``documents``; the timeline is written by ``cases`` alone."""
