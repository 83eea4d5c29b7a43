"""What the last meeting of this season agreed; all of it is made up."""

from datetime import timedelta

from coalition.dates import add_working_days
from meetings.demo.year_2015 import ALL


def season(today):
    """Return what the last meeting agreed: some done, some overdue, some to be done within days."""
    soon, later = add_working_days(today, 4), add_working_days(today, 12)
    return {
        "items": [
            (
                "1",
                "Nâng cao năng lực",
                "capacity",
                [
                    "Lớp tập huấn về Bộ nguyên tắc quyền trẻ em trong kinh doanh mở đăng ký.",
                    "Mỗi tổ chức cử tối đa hai người.",
                ],
            ),
            (
                "2",
                "Vận động chính sách",
                "advocacy",
                [
                    "Đối thoại với trẻ em trước Tết: cần thêm hai tổ chức cùng điều phối.",
                    "Góp ý báo cáo bổ sung gửi Ủy ban về Quyền trẻ em.",
                ],
            ),
            ("3", "Giám sát và đánh giá", "monitoring", ["Phiếu hoạt động quý mở vào đầu tháng sau."]),
        ],
        "points": [
            (0, "Gửi tên người tham dự lớp tập huấn", [ALL], "", "trước cuối tuần sau", soon, None, ""),
            (
                1,
                "Gửi danh sách trẻ em nòng cốt dự đối thoại (chỉ số lượng)",
                ["PLAN", "CRD"],
                "",
                "",
                soon,
                None,
                "",
            ),
            (
                1,
                "Viết phần về trừng phạt thân thể của báo cáo bổ sung",
                ["SCI"],
                "cán bộ vận động",
                "trong vòng một tháng",
                later,
                None,
                "",
            ),
            (1, "Mời Bộ Y tế dự đối thoại", ["VACR"], "", "", today - timedelta(days=3), None, ""),
            (
                2,
                "Gửi lịch mở phiếu quý cho các đầu mối",
                ["MSD"],
                "",
                "",
                today - timedelta(days=9),
                None,
                "Đã gửi lịch cho các đầu mối.",
            ),
        ],
    }
